/** A file's name, with as many of its folders as it takes to tell the files apart. */
export function shortNames(files: readonly string[]): (file: string) => string {
  const parts = files.map(file => file.split(/[\\/]/).filter(part => part !== ''));
  const names = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    const own = parts[index] ?? [];
    let count = 1;
    const isShared = (): boolean =>
      parts.some(
        (other, at) => at !== index && other.slice(-count).join('/') === own.slice(-count).join('/'),
      );
    while (count < own.length && isShared()) count++;
    names.set(file, own.slice(-count).join('/'));
  }
  return file => names.get(file) ?? file;
}
