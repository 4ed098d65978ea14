import { loadKernels, type Form, type Kernels } from '#src/recurrent/index.ts';
import { recurrentOperations, type RecurrentOperations } from '#src/recurrent/tensors.ts';

/** The recurrent kernels in the form that runs here, and the layers that run on them inside TensorFlow.js. */
export interface Engine {
  kernels: Kernels;
  layers: RecurrentOperations;
}

const engines = new Map<Form, Promise<Engine>>();

/**
 * The engine in the form asked for, or in the next best that runs here: `engine.kernels.form` says which. Loaded once.
 * 'simd128' unless given: the form that gives the same numbers on every machine.
 */
export function loadEngine(form: Form = 'simd128'): Promise<Engine> {
  const known = engines.get(form);
  if (known) return known;
  const loading = loadKernels({ form }).then((kernels) => ({ kernels, layers: recurrentOperations(kernels) }));
  engines.set(form, loading);
  return loading;
}
