import { serve, type Port } from './serve.ts';

const scope = self as unknown as Port & { isServed?: true };

// WebKit evaluates this once more when an experiment's chunk imports what stands in the same chunk as this, and a second server
// would not know of the runs that the first one has begun.
if (!scope.isServed) serve(scope);
scope.isServed = true;
