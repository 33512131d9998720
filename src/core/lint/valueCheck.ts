import { parseMemory } from '../conf/memorySize';
import type { ArgSpec } from '../conf/specs/directiveSpec';

/** What is wrong with a value: the key of a text, and what the text says was expected. */
export interface ValueProblem {
  readonly expected: 'yes-no' | 'enum' | 'integer' | 'range' | 'at-least' | 'memory' | 'number' | 'port';
  readonly values: Readonly<Record<string, string | number>>;
}

/** Whether a server takes the value; undefined when it does, or when only the running server can tell. */
export function checkValue(spec: ArgSpec, value: string): ValueProblem | undefined {
  switch (spec.kind) {
    case 'yes-no':
      return /^(?:yes|no)$/i.test(value) ? undefined : { expected: 'yes-no', values: {} };
    case 'enum':
      return spec.values.some(known => known.toLowerCase() === value.toLowerCase())
        ? undefined
        : { expected: 'enum', values: { choices: spec.values.join(', ') } };
    case 'integer':
      return /^[+-]?\d+$/.test(value) ? checkRange(Number(value), spec) : { expected: 'integer', values: {} };
    case 'memory': {
      const size = parseMemory(value);
      return size === undefined ? { expected: 'memory', values: {} } : checkRange(size, spec);
    }
    case 'percent':
      return /^\d+(?:\.\d+)?%$/.test(value) || parseMemory(value) !== undefined
        ? undefined
        : { expected: 'memory', values: {} };
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value))
        ? undefined
        : { expected: 'number', values: {} };
    case 'port':
      return /^\d+$/.test(value) && Number(value) <= 65_535 ? undefined : { expected: 'port', values: {} };
    case 'host':
    case 'file':
    case 'folder':
    case 'password':
    case 'text':
      return undefined;
  }
}

function checkRange(
  number: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): ValueProblem | undefined {
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return undefined;
  if (max === undefined) return { expected: 'at-least', values: { min: min ?? 0 } };
  return { expected: 'range', values: { min: min ?? 0, max } };
}
