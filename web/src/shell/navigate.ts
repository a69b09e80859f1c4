/**
 * Where plain code asks to go somewhere. The router sets it: importing the router here would make a circle, for the
 * router shows the shell.
 */
let go: (path: string) => void = (path) => location.assign(path);

export function setNavigator(navigate: (path: string) => void): void {
  go = navigate;
}

/** To a path within the client, with its search and hash. */
export function navigateTo(path: string): void {
  go(path);
}
