/** What the WebAssembly form offers to ../wasm-kernels.ts, where its memory layout is described. All pointers are bytes. */
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { allocate, release } from './memory';
export { adam, momentum, squaredNorm } from './optimizer';
export { inputToQuads, transpose } from './packing';
export { simpleRnnBackward, simpleRnnForward } from './simple-rnn';
