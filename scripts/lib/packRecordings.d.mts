export function packRecordings(target?: string): void;
