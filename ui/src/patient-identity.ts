/** What in a text looks like the identity of a patient; records never carry one. */
export function patientIdentity(text: string): "id" | "phone" | "inpatient" | null {
  const plain = text.normalize("NFKC");
  if (/(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/.test(plain))
    return "id";
  if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(plain)) return "phone";
  if (/(?:住院|病案|床位?)号[:：]?\s*[A-Za-z]?\d{4,}/.test(plain)) return "inpatient";
  return null;
}
