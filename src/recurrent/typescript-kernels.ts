import { checkLossGradients, checkProblem } from './check.ts';
import { gruBackward, gruForward } from './gru.ts';
import type { Kernels } from './kernels.ts';
import { lstmBackward, lstmForward } from './lstm.ts';
import { simpleRnnBackward, simpleRnnForward } from './simple-rnn.ts';
import type { Floats, Gates, Gradients, LossGradients, Numbers, Pass, Problem, Weights } from './types.ts';
import { typescriptSlots } from './typescript-slots.ts';

interface States {
  hidden: Numbers;
  cells?: Numbers;
  gates?: Record<string, Numbers>;
}

interface StateGradients {
  weights: Weights<Numbers>;
  input: Numbers;
  hidden: Numbers;
  cells?: Numbers;
}

/** Reads the sequences, and says how to go back through them. */
function forward(problem: Problem): { states: States; back(loss: LossGradients): StateGradients } {
  const { cell } = problem;
  if (cell.kind === 'simpleRnn') {
    const states = simpleRnnForward(problem, cell.activation);
    return { states, back: (loss) => simpleRnnBackward(problem, cell.activation, states, loss) };
  }
  if (cell.kind === 'lstm') {
    const states = lstmForward(problem, cell.gates);
    return { states, back: (loss) => lstmBackward(problem, cell.gates, states, loss) };
  }
  const states = gruForward(problem, cell.gates);
  return { states, back: (loss) => gruBackward(problem, cell.gates, states, loss) };
}

/** A copy, as float32. */
const copy = (values: Numbers): Floats => new Float32Array(values);

function cellStates(states: { cells?: Numbers }): Numbers {
  if (!states.cells) throw new Error('only an LSTM has cell states');
  return states.cells;
}

function run(problem: Problem): Pass {
  checkProblem(problem);
  const size = problem.sizes.batch * problem.sizes.units;
  const { states, back } = forward(problem);
  return {
    hidden: () => copy(states.hidden.subarray(size)),
    lastHidden: () => copy(states.hidden.subarray(-size)),
    cells: () => copy(cellStates(states).subarray(size)),
    lastCell: () => copy(cellStates(states).subarray(-size)),
    gates: () =>
      Object.fromEntries(Object.entries(states.gates ?? {}).map(([name, values]) => [name, copy(values)])) as Gates,
    backward(loss, { withInput = true } = {}): Gradients {
      checkLossGradients(problem, loss);
      const gradients = back(loss);
      return {
        weights: () => ({
          kernel: copy(gradients.weights.kernel),
          recurrentKernel: copy(gradients.weights.recurrentKernel),
          bias: copy(gradients.weights.bias),
        }),
        input() {
          if (!withInput) throw new Error('the gradient of the input was not asked for');
          return copy(gradients.input);
        },
        hidden: () => copy(gradients.hidden.subarray(size)),
        initialHidden: () => copy(gradients.hidden.subarray(0, size)),
        cells: () => copy(cellStates(gradients).subarray(size)),
        initialCell: () => copy(cellStates(gradients).subarray(0, size)),
      };
    },
    release() {
      // The garbage collector does it.
    },
  };
}

/** The plain TypeScript form: nothing to load, runs everywhere. */
export const typescriptKernels: Kernels = { form: 'typescript', run, slots: typescriptSlots };
