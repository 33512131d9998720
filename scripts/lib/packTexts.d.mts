export function textsByLanguage(): Map<string, Record<string, unknown>>;
export function packTexts(): void;
