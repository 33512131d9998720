import type { DirectiveSpec } from './directiveSpec';

/** Directives that only the Windows ports up to 3.x have: they keep the data in a file that stands in for fork(). */
export const windowsDirectives: readonly DirectiveSpec[] = [
  { name: 'heapdir', usage: '<folder>', args: [{ kind: 'folder' }], runtime: false, section: 'memory' },
  { name: 'maxheap', usage: '<size>', args: [{ kind: 'memory' }], runtime: false, section: 'memory' },
  {
    name: 'persistence-available',
    usage: '<yes|no>',
    args: [{ kind: 'yes-no' }],
    runtime: false,
    section: 'snapshotting',
  },
];
