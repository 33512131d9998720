import type { Identities } from '../story/identities';

/** Names for people in place of ids: `sentinel-26381` for a Sentinel's id. Made once all files were read. */
export class Names {
  private readonly names = new Map<string, string>();

  /** `given`: the names that a lab gives to addresses. */
  constructor(
    { files, addressOfId, idOfAddress }: Pick<Identities, 'files' | 'addressOfId' | 'idOfAddress'>,
    given: ReadonlyMap<string, string> = new Map(),
  ) {
    const sentinels = [
      ...new Set([
        ...addressOfId.values(),
        ...idOfAddress.keys(),
        ...files.flatMap(file => (file.kind === 'sentinel' && file.address ? [file.address] : [])),
      ]),
    ];
    const ports = new Map<string, number>();
    for (const address of sentinels) ports.set(portOf(address), (ports.get(portOf(address)) ?? 0) + 1);
    // The port is what people call a node by. Where two machines use the same one, it takes the whole address.
    for (const address of sentinels)
      this.names.set(address, `sentinel-${ports.get(portOf(address)) === 1 ? portOf(address) : address}`);
    for (const [address, name] of given) this.names.set(address, name);
    for (const [id, address] of addressOfId) {
      const name = this.names.get(address);
      if (name !== undefined) this.names.set(id, name);
    }
    for (const { id, address } of files) {
      const name = address === undefined ? undefined : this.names.get(address);
      if (id !== undefined && name !== undefined) this.names.set(id, name);
    }
  }

  /** The name of a Sentinel by its id or address; an id that no line gives an address for is cut short, all else stays as it is. */
  of(idOrAddress: string): string {
    return (
      this.names.get(idOrAddress) ?? (idForm.test(idOrAddress) ? `${idOrAddress.slice(0, 8)}…` : idOrAddress)
    );
  }
}

/** Nothing is known: ids stay ids. */
export const noNames = new Names({ files: [], addressOfId: new Map(), idOfAddress: new Map() });

const idForm = /^[0-9a-f]{40}$/;

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}
