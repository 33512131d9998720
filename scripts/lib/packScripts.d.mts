export const packedScripts: readonly string[];
export function packScripts(folder?: string, names?: readonly string[]): void;
