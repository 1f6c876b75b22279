import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import { mostGroups, perOsdWith, type PgRoom } from './placementGroups.ts';

/** How many pools are named. */
const named = 4;

/** The arithmetic: what is allowed, who takes it, what is left for a pool of this size. */
export function roomInWords(room: PgRoom, size: number): string {
  return sentences(allowedInWords(room), leftInWords(room, size));
}

/** What is allowed, and who takes it. */
export function allowedInWords(room: PgRoom): string {
  const { osds, countedOsds, perOsd, max } = room;
  return sentences(
    osds < countedOsds
      ? t('{0} OSDs are in (Ceph counts {1}) × {2} = {3} allowed.', osds, countedOsds, perOsd.max, max)
      : t('{0} OSDs are in × {1} = {2} allowed.', osds, perOsd.max, max),
    takenInWords(room),
  );
}

/** What is left for a pool of this size. */
export function leftInWords(room: PgRoom, size: number): string {
  const left = room.max - room.taken;
  return left <= 0
    ? t('Nothing is left.')
    : t('{0} left: {1} placement groups with {2} copies each.', left, mostGroups(room, size, Infinity), size);
}

/** `361 are taken: vms 192, backup 96.`; undefined when nothing is taken. */
function takenInWords({ taken, shares }: PgRoom): string | undefined {
  if (shares.length === 0) return undefined;
  const names = shares.slice(0, named).map(({ pool, replicas }) => `${pool} ${replicas}`);
  const more = shares.length - names.length;
  return t(
    '{0} are taken: {1}.',
    taken,
    [...names, ...(more > 0 ? [t('and {0} more', more)] : [])].join(', '),
  );
}

/** What a count would mean: `64 × 3 = 192 copies, 90 per OSD of the 250 allowed`. */
export function countInWords(room: PgRoom, count: number, size: number): string {
  return t(
    '{0} × {1} = {2} copies; then {3} per OSD of the {4} allowed',
    count,
    size,
    count * size,
    Math.round(perOsdWith(room, count, size)),
    room.perOsd.max,
  );
}

/** Why a pool cannot have so many groups, undefined when it can. */
export function refuseGroups(
  room: PgRoom,
  count: number,
  size: number,
  ofOnePool: number,
): string | undefined {
  if (!Number.isInteger(count) || count < 1) return t('Write a whole number: 32, 64, 128.');
  if (count > ofOnePool) return t('One pool can have {0} (mon_max_pool_pg_num).', ofOnePool);
  const most = mostGroups(room, size, ofOnePool);
  return count <= most
    ? undefined
    : t(
        'That would be {0} copies per OSD; Ceph allows {1} (mon_max_pg_per_osd): no more than {2} here.',
        Math.ceil(perOsdWith(room, count, size)),
        room.perOsd.max,
        most,
      );
}
