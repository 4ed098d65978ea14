import { zerosLike } from './matrix.ts';
import type { LossGradients, Numbers, Weights } from './types.ts';

/** Puts the loss's own gradients of h_1 to h_time into dHidden, [time + 1, batch, units]. */
export function addLoss(dHidden: Numbers, loss: LossGradients<Numbers>, stateSize: number): void {
  if (loss.hidden) dHidden.set(loss.hidden, stateSize);
  const last = dHidden.subarray(dHidden.length - stateSize);
  loss.lastHidden?.forEach((gradient, i) => (last[i]! += gradient));
}

/** Where the gradients of the weights are summed. */
export function zeroWeights({ kernel, recurrentKernel, bias }: Weights<Numbers>): Weights<Numbers> {
  return {
    kernel: zerosLike(kernel, kernel.length),
    recurrentKernel: zerosLike(recurrentKernel, recurrentKernel.length),
    bias: zerosLike(bias, bias.length),
  };
}
