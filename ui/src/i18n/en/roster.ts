import type { Messages } from "../messages";

export const roster: Messages["roster"] = {
  fact: (people) => `${people} ${people === 1 ? "person" : "people"}`,
  about: "Who goes in which quarter. Kept with the settings here, in nobody's records.",
  empty: "No roster yet. Enter whoever goes next.",
  add: "Add to the roster",
  change: "Done",
  edit: (name) => `Edit ${name}`,
  remove: (name) => `Remove ${name}`,
  fields: {
    physician: "Name",
    home_department: "Department",
    title: "Title",
    promotion_target: "Due for",
    recipient_unit: "Recipient unit",
    year: "Year",
    quarter: "Quarter",
    status: "Status",
  },
  quarters: ["Q1", "Q2", "Q3", "Q4"],
  batch: (year, quarter, people) => `${year} ${quarter}, ${people} ${people === 1 ? "person" : "people"}`,
  status: { planned: "Planned", sent: "Sent", done: "Done", deferred: "Deferred" },
  promotion: (target) => `due for ${target}`,
  questions: "To be asked",
  removed: (name) => `${name} was taken off the roster`,
};
