export function packTexts(target?: string, quality?: number): void;
