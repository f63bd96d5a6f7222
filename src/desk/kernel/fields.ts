import { z } from 'zod';

/**
 * What a text in a row may stand for. A `path` holds ids of people and rooms parted by "/", as the id of a conversation does ("room/person").
 * In what is `anything` every text may be one.
 */
export type Meaning = 'person' | 'room' | 'path' | 'file' | 'anything';

/** Which schemas stand for something. */
export const meanings = z.registry<{ readonly means: Meaning }>();

/** The id of a person. Whoever is deleted, or turns out to be somebody else, is found by it. */
export const personId = z.string().register(meanings, { means: 'person' });
/** The id of a group. */
export const roomId = z.string().register(meanings, { means: 'room' });
/** Ids of people and groups, parted by "/". */
export const idPath = z.string().register(meanings, { means: 'path' });
/** The name of a picture or file that lies beside the store: it goes when no row holds it any more. */
export const fileName = z.string().register(meanings, { means: 'file' });
/** Plain JSON of which nothing is known. */
export const anything = z.unknown().register(meanings, { means: 'anything' });

/** A moment: an ISO time in UTC. */
export const time = z.iso.datetime();
/** A day in Shanghai: yyyy-MM-dd. */
export const day = z.iso.date();
