/** The timed steps in a worker: each message names one, the answer is its time. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

import type { Case, Peer } from './cases.ts';
import { timePeak, timeSteps } from './steps.ts';

export type Request = { peer: Peer; timed: Case; count: number } | { peak: number[] };

setWasmPaths('/tfjs/');

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    const answer = 'peak' in data ? timePeak(new Uint8Array(data.peak)) : timeSteps(data.peer, data.timed, data.count);
    postMessage({ answer: await answer });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
