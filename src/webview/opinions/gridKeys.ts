export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads in a table, as everywhere in grids; undefined: the key is none of these, or there is nothing that way. */
export function moveInGrid(
  { row, column }: GridPlace,
  key: string,
  ctrl: boolean,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): GridPlace | undefined {
  const moved = ((): GridPlace | undefined => {
    switch (key) {
      case 'ArrowUp':
        return { row: row - 1, column };
      case 'ArrowDown':
        return { row: row + 1, column };
      case 'ArrowLeft':
        return { row, column: column - 1 };
      case 'ArrowRight':
        return { row, column: column + 1 };
      case 'Home':
        return { row: ctrl ? 0 : row, column: 0 };
      case 'End':
        return { row: ctrl ? rows - 1 : row, column: columns - 1 };
      default:
        return undefined;
    }
  })();
  const isThere = moved && moved.row >= 0 && moved.row < rows && moved.column >= 0 && moved.column < columns;
  return isThere ? moved : undefined;
}
