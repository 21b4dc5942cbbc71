/** The text passes a limit of ours, not of Postgres, which may well run it. */
export class Unread extends Error {
  override readonly name = 'Unread';
}
