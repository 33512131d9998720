/** What a command acts on: nodes of a lab by name, or the whole lab when `nodes` is undefined. The tree's rows carry the same. */
export interface NodeRef {
  /** The lab's folder. */
  readonly lab: string;
  readonly nodes: readonly string[] | undefined;
}

export function isNodeRef(value: unknown): value is NodeRef {
  return typeof value === 'object' && value !== null && typeof (value as Partial<NodeRef>).lab === 'string';
}
