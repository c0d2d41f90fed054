/** Three different places in the kit, 0-based and ascending. `random` gives [0, 1). */
export function threePlaces(words: number, random: () => number = Math.random): readonly number[] {
  const left = Array.from({ length: words }, (_, place) => place);
  const asked: number[] = [];
  while (asked.length < 3 && left.length > 0) {
    const [place] = left.splice(Math.floor(random() * left.length), 1);
    if (place !== undefined) asked.push(place);
  }
  return asked.toSorted((a, b) => a - b);
}

/** Whether each answer is the word at its place; case and blanks around it do not matter. */
export function areGivenBack(
  words: readonly string[],
  places: readonly number[],
  answers: readonly string[],
): boolean {
  return places.every(
    (place, index) => words[place] !== undefined && words[place] === answers[index]?.trim().toLowerCase(),
  );
}
