import { concatenateInto, splitInto, type OptimizerSlots } from './optimizer-slots.ts';
import type { Floats } from './types.ts';

/** {@link OptimizerSlots} in plain TypeScript. */
export function typescriptSlots(length: number): OptimizerSlots {
  const [values, gradients, first, second] = Array.from({ length: 4 }, () => new Float32Array(length)) as [
    Floats,
    Floats,
    Floats,
    Floats,
  ];
  return {
    length,
    load(newValues, newGradients) {
      concatenateInto(values, newValues);
      concatenateInto(gradients, newGradients);
    },
    squaredGradientNorm: () => gradients.reduce((sum, gradient) => sum + gradient * gradient, 0),
    adam({ learningRate, beta1, beta2, epsilon, correction1, correction2 }, scale) {
      for (let i = 0; i < length; i++) {
        const gradient = gradients[i]! * scale;
        first[i] = beta1 * first[i]! + (1 - beta1) * gradient;
        second[i] = beta2 * second[i]! + (1 - beta2) * gradient * gradient;
        const mean = first[i]! / correction1;
        const root = Math.sqrt(second[i]! / correction2);
        values[i]! -= (learningRate * mean) / (root + epsilon);
      }
    },
    momentum(learningRate, momentum, scale) {
      for (let i = 0; i < length; i++) {
        first[i] = momentum * first[i]! + gradients[i]! * scale;
        values[i]! -= learningRate * first[i]!;
      }
    },
    store: (into) => splitInto(into, values),
    moments: () => ({ first: first.slice(), second: second.slice() }),
    restore(moments) {
      first.set(moments.first);
      second.set(moments.second);
    },
    release() {
      // The garbage collector does it.
    },
  };
}
