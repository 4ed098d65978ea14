/**
 * The recurrent layer as a TensorFlow.js kernel with a registered gradient, for the cpu backend. A pass's memory must live
 * from the forward kernel to the gradient, and no longer, whatever a program does in between. So each call also puts out a
 * ticket: a tensor that the tape saves like any other, and that is disposed with the tape. The pass that belongs to a ticket
 * is released once nothing holds the ticket.
 */
import type { GradFunc, KernelBackend, KernelFunc, NamedTensorMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

import type { Kernels } from './kernels.ts';
import { engine, getKernel, registerGradient, registerKernel, tensor } from '#recurrent/tensorflow';
import { toBatchMajor, toTimeMajor } from './time-major.ts';
import type { Cell, Floats, Gradients, LossGradients, Pass, Sizes, Weights } from './types.ts';

export const KERNEL_NAME = 'UnrolledRecurrent';

/** Looks on while a layer runs inside TensorFlow.js. All arrays are [time, batch, units], in the order of reading. */
export interface Observer {
  /** Called after the forward pass, whose values can be asked for until it returns. */
  onForward?(pass: Omit<Pass, 'backward' | 'release'>): void;
  /** Called after backpropagation through time, whose gradients can be asked for until it returns. */
  onBackward?(gradients: Gradients): void;
}

export interface Attributes {
  kernels: Kernels;
  cell: Cell;
  sizes: Sizes;
  /** Whether every step's hidden state is put out too. */
  sequences: boolean;
  reverse: boolean;
  observer: Observer;
}

export interface Inputs {
  x: Tensor;
  kernel: Tensor;
  recurrentKernel: Tensor;
  bias: Tensor;
  initialHidden?: Tensor;
  initialCell?: Tensor;
}

interface Call {
  backend: KernelBackend;
  pass: Pass;
}

/** The calls whose tickets are held, by the identity of the ticket's data. */
const calls = new Map<object, Call>();

/** Releases the passes that no tape can ask for any more. */
export function releaseUnused(): void {
  for (const [ticket, { backend, pass }] of calls) {
    if (backend.refCount(ticket) > 0) continue;
    pass.release();
    calls.delete(ticket);
  }
}

/** Number of passes that are held for a gradient yet to come. */
export const heldPasses = (): number => calls.size;

const forward: KernelFunc = ({ inputs, attrs, backend }) => {
  const { kernels, cell, sizes, sequences, reverse, observer } = attrs as unknown as Attributes;
  const { time, batch, inputs: features, units } = sizes;
  const cpu = backend as KernelBackend & { makeTensorInfo(shape: number[], dtype: string, values: Floats): TensorInfo };
  const values = (name: keyof Inputs) => inputs[name] && (cpu.readSync(inputs[name].dataId) as Floats);
  const weights = { kernel: values('kernel'), recurrentKernel: values('recurrentKernel'), bias: values('bias') };

  releaseUnused();
  const pass = kernels.run({
    cell,
    sizes,
    input: toTimeMajor(values('x') as Floats, { time, batch, features, reverse }),
    weights: weights as Weights,
    initialHidden: values('initialHidden'),
    initialCell: values('initialCell'),
  });
  observer.onForward?.(pass);

  const output = (shape: number[], numbers: Floats) => cpu.makeTensorInfo(shape, 'float32', numbers);
  const ticket = output([], new Float32Array(1));
  calls.set(ticket.dataId, { backend: cpu, pass });
  const outputs = [ticket, output([batch, units], pass.lastHidden())];
  if (cell.kind === 'lstm') outputs.push(output([batch, units], pass.lastCell()));
  if (sequences) {
    outputs.push(output([batch, time, units], toBatchMajor(pass.hidden(), { time, batch, features: units, reverse })));
  }
  return outputs;
};

/** The gradients of a call's outputs, in the order in which {@link forward} puts them out. */
function lossGradients(outputs: readonly Tensor[], { cell, sizes, sequences, reverse }: Attributes): LossGradients {
  const [, lastHidden, ...rest] = outputs.map((output) => output.dataSync() as Floats);
  const loss: LossGradients = { lastHidden };
  if (cell.kind === 'lstm') loss.lastCell = rest.shift();
  if (sequences) loss.hidden = toTimeMajor(rest[0]!, { ...sizes, features: sizes.units, reverse });
  return loss;
}

/**
 * TensorFlow.js asks for the gradient of each input in turn, in the order of {@link Inputs}, and only of those that the
 * program differentiates by. So the pass goes back when the first is asked for: if that is x, with dL/dx, else without.
 */
const gradient: GradFunc = (outputs, saved, attrs) => {
  const attributes = attrs as unknown as Attributes;
  const { time, batch, inputs: features, units } = attributes.sizes;
  const call = calls.get(saved[0]!.dataId);
  if (!call) throw new Error('the forward pass of this gradient was released: its tape was disposed');
  const loss = lossGradients(outputs as Tensor[], attributes);
  let gradients: Gradients | undefined;
  let weights: Weights | undefined;
  const back = (withInput: boolean): Gradients => {
    gradients = call.pass.backward(loss, { withInput });
    attributes.observer.onBackward?.(gradients);
    return gradients;
  };
  const dInput = () => {
    const made = back(true).input();
    return tensor(toBatchMajor(made, { time, batch, features, reverse: attributes.reverse }), [batch, time, features]);
  };
  const dWeights = () => (weights ??= (gradients ?? back(false)).weights());
  const dKernel = (name: 'kernel' | 'recurrentKernel', rows: number) => {
    const values = dWeights()[name];
    return tensor(values, [rows, values.length / rows]);
  };
  const dBias = () =>
    tensor(dWeights().bias, attributes.cell.kind === 'gru' ? [2, 3 * units] : [dWeights().bias.length]);
  return {
    x: dInput,
    kernel: () => dKernel('kernel', features),
    recurrentKernel: () => dKernel('recurrentKernel', units),
    bias: dBias,
    initialHidden: () => tensor((gradients ?? back(false)).initialHidden(), [batch, units]),
    initialCell: () => tensor((gradients ?? back(false)).initialCell(), [batch, units]),
  };
};

/** Makes the kernel and its gradient known to TensorFlow.js, if that was not done before. */
export function register(): void {
  if (getKernel(KERNEL_NAME, 'cpu')) return;
  registerKernel({ kernelName: KERNEL_NAME, backendName: 'cpu', kernelFunc: forward });
  registerGradient({ kernelName: KERNEL_NAME, outputsToSave: [true], gradFunc: gradient });
}

/** Runs the kernel. The tensors put out are the last hidden state, for an LSTM the last cell state, and with `sequences` all hidden states. */
export function runKernel(inputs: Inputs, attributes: Attributes): Tensor[] {
  const [ticket, ...outputs] = engine().runKernel(
    KERNEL_NAME,
    inputs as unknown as NamedTensorMap,
    attributes as never,
  ) as Tensor[];
  ticket!.dispose();
  releaseUnused();
  return outputs;
}
