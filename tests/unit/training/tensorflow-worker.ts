/** All of TensorFlow.js and of the recurrent layers that a training worker loads: what tensorflow-parts.test.ts weighs. */
import * as recurrent from '#src/recurrent/index.ts';
import * as tensors from '#src/recurrent/tensors.ts';
import { tf } from '#tensorflow';

Object.assign(globalThis, { everything: { ...recurrent, ...tensors, ...tf } });
