/** What the WebAssembly form offers to ../wasm-kernels.ts, where its memory layout is described. All pointers are bytes. */
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { transpose } from './matrix';
export { allocate, release } from './memory';
export { adam, momentum, squaredNorm } from './optimizer';
export { simpleRnnBackward, simpleRnnForward } from './simple-rnn';
