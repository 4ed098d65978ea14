import fc from 'fast-check';

/** fast-check tries the same examples in every run, so that a failure is never a matter of luck; FAST_CHECK_SEED picks others. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_101) });
