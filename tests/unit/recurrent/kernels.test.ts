import { afterEach, describe, expect, it, vi } from 'vitest';

import { loadKernels } from '#src/recurrent/index.ts';
import { readWasm } from '#src/recurrent/wasm-binary.node.ts';

afterEach(() => vi.restoreAllMocks());

describe('loading the kernels', () => {
  it.each(['typescript', 'simd128', 'relaxed-simd'] as const)('gives the form asked for: %s', async (form) => {
    expect((await loadKernels({ form })).form).toBe(form);
  });

  it('gives SIMD128 unless asked', async () => {
    expect((await loadKernels()).form).toBe('simd128');
  });

  it('falls back to SIMD128 where relaxed SIMD does not compile', async () => {
    const validate = WebAssembly.validate;
    const relaxed = (await readWasm('recurrent-relaxed.wasm')).byteLength;
    vi.spyOn(WebAssembly, 'validate').mockImplementation(
      (bytes) => bytes.byteLength !== relaxed && validate(bytes as BufferSource),
    );
    expect((await loadKernels({ form: 'relaxed-simd' })).form).toBe('simd128');
  });

  it('falls back to TypeScript where no SIMD compiles', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect((await loadKernels()).form).toBe('typescript');
    expect((await loadKernels({ form: 'relaxed-simd' })).form).toBe('typescript');
  });

  it('falls back to TypeScript where compiling is forbidden', async () => {
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new WebAssembly.CompileError('blocked by a policy'));
    expect((await loadKernels()).form).toBe('typescript');
  });

  it('falls back to TypeScript where there is no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect((await loadKernels()).form).toBe('typescript');
    vi.unstubAllGlobals();
  });
});
