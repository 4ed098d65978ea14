import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addressOf, serveFolder } from '#scripts/static-server.ts';

/** Holds the folder that is served, and beside it what is not. */
let around: string;
let server: Server;
let address: string;

beforeAll(async () => {
  around = mkdtempSync(join(tmpdir(), 'served-'));
  const folder = join(around, 'site');
  mkdirSync(join(folder, 'basic-rnn'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), 'home');
  writeFileSync(join(folder, 'basic-rnn', 'index.html'), 'chapter');
  writeFileSync(join(folder, '404.html'), 'lost');
  writeFileSync(join(around, 'secret.txt'), 'secret');
  server = await serveFolder(folder, '/some/where/', 0);
  address = addressOf(server, '/some/where/');
});
afterAll(() => {
  server.close();
  rmSync(around, { recursive: true });
});

const get = async (path: string) => {
  const response = await fetch(new URL(path, address));
  return [response.status, await response.text()];
};

describe('a served site', () => {
  test('has its pages under its path', async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/where\/$/);
    expect(await get('')).toEqual([200, 'home']);
    expect(await get('basic-rnn/')).toEqual([200, 'chapter']);
    expect(await get('basic-rnn/?vanishing-gradient.length=7')).toEqual([200, 'chapter']);
  });

  test.for(['nothing', 'nothing/', '/', '/basic-rnn/', '/some/', '/some/wherever/'])(
    'has nothing at %s',
    async (path) => {
      expect(await get(path)).toEqual([404, 'lost']);
    },
  );

  test.for(['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', 'basic-rnn/..%2f..%2fsecret.txt'])(
    'gives out nothing from outside of its folder at %s',
    async (path) => {
      expect((await get(path))[1]).toBe('lost');
    },
  );

  test('says so where its port is taken', async () => {
    const { port } = new URL(address);
    await expect(serveFolder(join(around, 'site'), '/', Number(port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
