/** −1…+1 as “+0.8” … “−3.4” on the scale of ±10: one digit more than a mean of few days deserves, two fewer than it has. */
export function tenPoints(number: number): string {
  const rounded = Math.round(number * 100) / 10;
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toFixed(1)}`;
}
