import { concatenateInto, splitInto, type OptimizerSlots } from './optimizer-slots.ts';
import { Block, type WasmExports } from './wasm-module.ts';

type Part = 'values' | 'gradients' | 'first' | 'second';

/** {@link OptimizerSlots} in the module's memory. What pads `length` to a multiple of four stays 0. */
export function wasmSlots(wasm: WasmExports, length: number): OptimizerSlots {
  const padded = 4 * Math.ceil(length / 4);
  const block = new Block<Part>(wasm, { values: padded, gradients: padded, first: padded, second: padded });
  for (const part of ['values', 'gradients', 'first', 'second'] as const) block.view(part).fill(0);
  return {
    length,
    load(values, gradients) {
      concatenateInto(block.view('values'), values);
      concatenateInto(block.view('gradients'), gradients);
    },
    squaredGradientNorm: () => wasm.squaredNorm(block.at('gradients'), padded),
    adam(step, scale) {
      wasm.adam(
        ...[block.at('values'), block.at('gradients'), block.at('first'), block.at('second'), padded, scale],
        ...[step.learningRate, step.beta1, step.beta2, step.correction1, step.correction2, step.epsilon],
      );
    },
    momentum(learningRate, momentum, scale) {
      wasm.momentum(
        block.at('values'),
        block.at('gradients'),
        block.at('first'),
        padded,
        scale,
        learningRate,
        momentum,
      );
    },
    store: (into) => splitInto(into, block.view('values')),
    moments: () => ({ first: block.view('first').slice(0, length), second: block.view('second').slice(0, length) }),
    restore(moments) {
      block.view('first').set(moments.first);
      block.view('second').set(moments.second);
    },
    release: () => block.release(),
  };
}
