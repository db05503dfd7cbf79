/** What a server is asked to be before a test is run on it. Source: unified test format, runOnRequirement. */
export type Requirement = {
  readonly minServerVersion?: string;
  readonly maxServerVersion?: string;
  readonly topologies?: readonly string[];
  readonly serverless?: string;
  readonly auth?: boolean;
  readonly serverParameters?: Readonly<Record<string, unknown>>;
  readonly csfle?: unknown;
};

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (const at of [0, 1, 2]) {
    const order = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether a standalone server of `version` without authentication meets one of the requirements. */
export function isMet(requirements: readonly Requirement[] | undefined, version: string): boolean {
  return requirements === undefined || requirements.some((requirement) => meets(requirement, version));
}

function meets(requirement: Requirement, version: string): boolean {
  const { minServerVersion: least, maxServerVersion: most, topologies } = requirement;
  if (least !== undefined && compareVersions(version, least) < 0) return false;
  if (most !== undefined && compareVersions(version, most) > 0) return false;
  if (topologies?.includes('single') === false) return false;
  if (requirement.serverless === 'require' || requirement.auth === true) return false;
  return requirement.csfle === undefined && requirement.serverParameters === undefined;
}
