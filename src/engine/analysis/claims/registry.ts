import type { Verdict } from '../../../protocol/analysis';
import type { Claim, Evidence } from './claim';
import { lossClaim } from './loss';
import { orderClaim } from './order';
import { scheduleClaim } from './schedule';

/** The paper's claims, in its order. */
const claims: readonly Claim[] = [lossClaim, orderClaim, scheduleClaim];

export function judgeClaims(evidence: Evidence): Verdict[] {
  return claims.map(({ claim, text, judge }) => ({ claim, text, ...judge(evidence) }));
}
