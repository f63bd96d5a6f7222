/** What a thing on the map is; its colour and its sign follow from that. */
export const spotKinds = ['centre', 'police', 'clinic', 'charging', 'shelter', 'collection', 'school', 'shop', 'other'] as const;
export type SpotKind = (typeof spotKinds)[number];

/** A point of the drawn map: from west to east and from north to south, each 0…100. */
export type Point = readonly [x: number, y: number];

/** Something that residents look for. */
export interface Spot {
  readonly name: string;
  readonly kind: SpotKind;
  readonly at: Point;
  /** Longitude and latitude as maps of mainland China show them (GCJ-02), where known. */
  readonly position?: readonly [longitude: number, latitude: number];
  /** A sentence about it; it may hold local facts. */
  readonly about?: string;
}

/** The community as it is drawn on a page: no survey, but enough to find one's way. */
export interface CommunityMap {
  readonly areas: readonly { readonly name: string; readonly from: Point; readonly to: Point }[];
  readonly roads: readonly { readonly name: string; readonly along: readonly Point[] }[];
  readonly spots: readonly Spot[];
  /** An example of what may be drawn: present in the simulator only. */
  readonly sample?: true;
}
