import { begun } from "./begin";

import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/fields.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { measureScript } from "./state/paint";

mount(App, { target: document.getElementById("app")! });
measureScript(begun);
