export const root: string;
export const out: string;
export const vsix: string;
