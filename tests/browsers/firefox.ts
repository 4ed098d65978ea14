import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expressionOf, keyActions, until, type SteeredBrowser } from './browser.ts';

interface Message {
  id?: number;
  type: 'success' | 'error' | 'event';
  result?: unknown;
  message?: string;
}

interface Evaluated {
  result?: { value: string };
  exceptionDetails?: { text: string };
}

/** Pages have the focus though no window has, and the browser asks nothing of the network by itself. */
const preferences = {
  'focusmanager.testmode': true,
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'services.settings.server': '',
};

/** Firefox as it comes, steered by WebDriver BiDi over a web socket: it needs no driver beside it. */
export async function startFirefox(program: string): Promise<SteeredBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const words = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
  const process_ = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  process_.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const address = await until(`an address from ${program}`, () => /BiDi listening on (ws:\S+)/.exec(said)?.[1]);

  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)), { once: true });
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener('message', ({ data }) => {
    const { id, type, result, message } = JSON.parse(String(data)) as Message;
    if (id === undefined) return;
    if (type === 'error') waiting.get(id)?.reject(new Error(message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let asked = 0;
  const ask = <Answer>(method: string, params: object): Promise<Answer> => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(++asked, answer);
    socket.send(JSON.stringify({ id: asked, method, params }));
    return answer.promise as Promise<Answer>;
  };

  const { capabilities } = await ask<{ capabilities: { browserVersion: string } }>('session.new', { capabilities: {} });
  // The tab that is there from the start never has the focus, and keys would press no button in it.
  const { context } = await ask<{ context: string }>('browsingContext.create', { type: 'tab' });
  const call: SteeredBrowser['call'] = async (action, ...given) => {
    const params = { expression: expressionOf(action, given), awaitPromise: true, target: { context } };
    const answer = await ask<Evaluated>('script.evaluate', params);
    if (!answer.result) throw new Error(answer.exceptionDetails?.text);
    return JSON.parse(answer.result.value);
  };
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    async open(url) {
      await ask('browsingContext.navigate', { context, url, wait: 'complete' });
      // With a service worker it says so before the page is there, and the focus has been lost on the way.
      await until('a loaded page', () => call(() => document.readyState === 'complete'));
      await ask('browsingContext.activate', { context });
    },
    call,
    async press(key) {
      await ask('input.performActions', { context, actions: keyActions(key) });
    },
    async close() {
      const ended = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
