/** What Ceph says when a pool would have too many placement groups. */
export type PgLimitRefusal =
  | {
      readonly kind: 'tooMany';
      readonly groups: number;
      readonly size: number;
      /** Copies of groups that there would be. */
      readonly copies: number;
      readonly maxPerOsd: number;
      /** As Ceph counts them: no less than three. */
      readonly osds: number;
    }
  /** Of one pool, whatever the others have. */
  | { readonly kind: 'onePool'; readonly max: number };

/** Since Luminous: `pg_num 1024 size 3 would mean 3072 total pgs, which exceeds max 750 (mon_max_pg_per_osd 250 * num_in_osds 3)`. */
const ofCluster =
  /pg_num (\d+) size (\d+) would mean (\d+) total pgs, which exceeds max \d+ \(mon_max_pg_per_osd (\d+) \* num_in_osds (\d+)\)/;
/** Since Reef, of the OSDs that the rule reaches: `... would result in 288 cumulative PGs per OSD (1155 total PG replicas on 4 'in' root OSDs by crush rule) ...`. */
const ofRule =
  /pg_num (\d+) size (\d+) for this pool would result in \d+ cumulative PGs per OSD \((\d+) total PG replicas on (\d+) 'in' root OSDs by \w+ rule\) which exceeds the mon_max_pg_per_osd value of (\d+)/i;
const ofOnePool = /'pg_num' must be greater than 0 and less than or equal to (\d+)/;

/** undefined when the text says something else. */
export function parsePgLimit(text: string): PgLimitRefusal | undefined {
  const cluster = ofCluster.exec(text);
  if (cluster) {
    const [groups = 0, size = 0, copies = 0, maxPerOsd = 0, osds = 0] = cluster.slice(1).map(Number);
    return { kind: 'tooMany', groups, size, copies, maxPerOsd, osds };
  }
  const rule = ofRule.exec(text);
  if (rule) {
    const [groups = 0, size = 0, copies = 0, osds = 0, maxPerOsd = 0] = rule.slice(1).map(Number);
    return { kind: 'tooMany', groups, size, copies, maxPerOsd, osds };
  }
  const one = ofOnePool.exec(text)?.[1];
  return one === undefined ? undefined : { kind: 'onePool', max: Number(one) };
}
