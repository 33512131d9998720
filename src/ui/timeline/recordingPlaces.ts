/** Folders of recorded failovers, absolute. */
export interface RecordingPlaces {
  /** Where the extension brings them, packed. */
  readonly dist: string;
  /** Where their texts are. */
  readonly texts: string;
  /** Where they become files to read: a folder each. */
  readonly unpacked: string;
}
