/** Words that fit: shortened to a width in pixels, for letters of one width. */
export const shorten = (text: string, width: number, perLetter: number): string => {
  const room = Math.max(1, Math.floor(width / perLetter));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
};
