/** Below one millionth nothing is drawn; what grows reaches the full thickness at a million. */
const DECADES = 6;
/** The thickness of a signal as strong as the last step's: most of it, since a signal shrinks more often than it grows. */
const AT_ONE = 0.65;

/** How thick a signal of this relative strength is drawn, from 0 to 1. */
export function thicknessOf(relative: number | null): number {
  if (relative === null) return 1;
  if (relative <= 0) return 0;
  const decades = Math.min(1, Math.max(-1, Math.log10(relative) / DECADES));
  return AT_ONE + decades * (decades < 0 ? AT_ONE : 1 - AT_ONE);
}
