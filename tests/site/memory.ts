import type { Page } from '@playwright/test';

/** What a page and its workers hold, once nothing is left that could be thrown away. */
export interface Held {
  /** Of JavaScript and of arrays outside of its heap, in megabytes, page and workers together. */
  megabytes: number;
  /** Tensors of TensorFlow.js, in all workers. */
  tensors: number;
}

/** The part of what the browser says of one heap that is used here, in bytes. */
interface HeapUsage {
  usedSize: number;
  backingStorageSize: number;
}

const megabytes = ({ usedSize, backingStorageSize }: HeapUsage) => (usedSize + backingStorageSize) / 2 ** 20;

/** Garbage is not always gone at once: measured so many times at most, the least counts. */
const TIMES = 4;

export async function heldBy(page: Page): Promise<Held> {
  let least = Infinity;
  for (let time = 0; time < TIMES; time++) {
    const heaps = [await heapOfPage(page), ...(await heapsOfWorkers(page))];
    const now = heaps.reduce((sum, heap) => sum + megabytes(heap), 0);
    if (time > 0 && now > 0.98 * least) break;
    least = now;
  }
  const tensors = await Promise.all(page.workers().map((worker) => worker.evaluate(countTensors)));
  return { megabytes: Math.round(100 * least) / 100, tensors: tensors.reduce((sum, count) => sum + count, 0) };
}

/** TensorFlow.js keeps its one engine here. */
function countTensors(): number {
  const { _tfengine: engine } = globalThis as { _tfengine?: { state: { numTensors: number } } };
  return engine?.state.numTensors ?? 0;
}

async function heapOfPage(page: Page): Promise<HeapUsage> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as HeapUsage;
  await session.detach();
  return usage;
}

/** Asks each worker by messages through the page's session: Playwright has no session of a worker's own. */
async function heapsOfWorkers(page: Page): Promise<HeapUsage[]> {
  const session = await page.context().newCDPSession(page);
  const asked: Promise<HeapUsage>[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return;
    const answer = Promise.withResolvers<HeapUsage>();
    asked.push(answer.promise);
    session.on('Target.receivedMessageFromTarget', (received) => {
      const { id, result } = JSON.parse(received.message) as { id?: number; result: HeapUsage };
      if (received.sessionId === sessionId && id === 2) answer.resolve(result);
    });
    for (const [id, method] of [
      [1, 'HeapProfiler.collectGarbage'],
      [2, 'Runtime.getHeapUsage'],
    ] as const) {
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    }
  });
  // Answered once all that there are have been told.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const heaps = await Promise.all(asked);
  await session.detach();
  return heaps;
}
