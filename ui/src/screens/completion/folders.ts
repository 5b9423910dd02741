export interface Folder {
  folder: string;
  names: string[];
}

/** Files by the folder they lie in, so that a long folder is said once. */
export function byFolder(paths: string[]): Folder[] {
  const found: Folder[] = [];
  for (const path of paths) {
    const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
    const folder = path.slice(0, Math.max(cut, 0));
    const name = path.slice(cut + 1);
    const known = found.find((each) => each.folder === folder);
    if (known) known.names.push(name);
    else found.push({ folder, names: [name] });
  }
  return found;
}
