import { spawn } from 'node:child_process';

import { expressionOf, keyActions, until, type SteeredBrowser } from './browser.ts';

const PORT = 4411;

/** WebKitGTK's own small browser, steered by WebDriver. It draws on a screen that nobody sees. */
export async function startWebKit(driver: string): Promise<SteeredBrowser> {
  const words = ['-a', '-s', '-screen 0 1280x900x24', driver, `--port=${PORT}`];
  const env = { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
  const process_ = spawn('xvfb-run', words, { stdio: 'ignore', env, detached: true });

  async function ask<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: Answer & { message?: string; error?: string } };
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  await until(`an answer from ${driver}`, () => ask('GET', '/status').catch(() => false));
  const { sessionId, capabilities } = await ask<{ sessionId: string; capabilities: Record<string, string> }>(
    'POST',
    '/session',
    { capabilities: { alwaysMatch: { timeouts: { script: 120_000 } } } },
  );
  const session = `/session/${sessionId}`;
  return {
    name: `WebKitGTK ${capabilities['browserVersion']} (${capabilities['browserName']})`,
    async open(url) {
      await ask('POST', `${session}/url`, { url });
    },
    async call(action, ...given) {
      const script = `const answer = arguments[0]; ${expressionOf(action, given)}.then(answer, (error) => answer(JSON.stringify({ thrown: String(error) })));`;
      const said = await ask<string>('POST', `${session}/execute/async`, { script, args: [] });
      const answer = JSON.parse(said);
      if (answer?.thrown) throw new Error(answer.thrown);
      return answer;
    },
    async press(key) {
      await ask('POST', `${session}/actions`, { actions: keyActions(key) });
    },
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      // With the screen that was made for it.
      process.kill(-process_.pid!);
    },
  };
}
