/** At most so many, evenly spread and in their order. */
export function thin(starts: Int32Array, most: number): Int32Array {
  const every = Math.ceil(starts.length / most);
  return every <= 1 ? starts : starts.filter((_, index) => index % every === 0);
}
