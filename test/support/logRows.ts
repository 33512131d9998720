import type { LogRow } from '../../src/core/view/logRow';

/** A row with what matters to a test. */
export function logRow(id: number, changes: Partial<LogRow> = {}): LogRow {
  return {
    id,
    at: id,
    lab: '/lab',
    node: 'redis-6379',
    kind: 'server',
    role: 'master',
    weight: 'routine',
    phase: null,
    text: '',
    message: `line ${id}`,
    ...changes,
  };
}
