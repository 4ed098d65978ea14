import type { OptimizerSlots } from './optimizer-slots.ts';
import { typescriptKernels } from './typescript-kernels.ts';
import type { Form, Pass, Problem } from './types.ts';
import { readWasm } from '#recurrent/wasm-binary';
import { wasmKernels } from './wasm-kernels.ts';

/** One truth, in one of its forms: the cells over whole sequences, and the optimiser's arithmetic. */
export interface Kernels {
  /** Which form runs. */
  readonly form: Form;
  /** Reads a batch of sequences. @throws RangeError where the problem's parts do not fit together */
  run(problem: Problem): Pass;
  /** Room for an optimiser of `length` parameters. */
  slots(length: number): OptimizerSlots;
}

const binaries = { simd128: 'recurrent.wasm', 'relaxed-simd': 'recurrent-relaxed.wasm' } as const;

/** The form asked for, then what stands in for it where it does not run. */
const fallbacks: Record<Form, readonly Form[]> = {
  'relaxed-simd': ['relaxed-simd', 'simd128', 'typescript'],
  simd128: ['simd128', 'typescript'],
  typescript: ['typescript'],
};

async function tryForm(form: Form): Promise<Kernels | undefined> {
  if (form === 'typescript') return typescriptKernels;
  if (typeof WebAssembly === 'undefined') return undefined;
  const bytes = await readWasm(binaries[form]).catch(() => undefined);
  if (!bytes || !WebAssembly.validate(bytes)) return undefined;
  // Compiling can be forbidden by the page's policy.
  return wasmKernels(bytes, form).catch(() => undefined);
}

/**
 * The kernels in the form asked for, or in the next one that runs here; which one that is, they say themselves. SIMD128
 * is the form for everything that promises the same numbers for the same seed.
 */
export async function loadKernels({ form = 'simd128' }: { form?: Form } = {}): Promise<Kernels> {
  for (const candidate of fallbacks[form]) {
    const kernels = await tryForm(candidate);
    if (kernels) return kernels;
  }
  return typescriptKernels;
}
