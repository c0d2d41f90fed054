/** An item of one of the person's lists, as a form asks about it. */
type Asked = { readonly id: string; readonly text: string };

/** What is asked: the list without what is put away, and whatever was answered already. */
export function askedAbout(
  list: readonly (Asked & { readonly archived: boolean })[],
  answered: readonly Asked[],
): readonly Asked[] {
  const asked = list.filter(({ archived }) => !archived);
  const others = answered.filter(
    ({ id }, place) =>
      asked.every((item) => item.id !== id) && answered.findIndex((one) => one.id === id) === place,
  );
  return [...asked, ...others];
}
