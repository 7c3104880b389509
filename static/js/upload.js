// The page where officers add videos and photos.

import { sendFiles } from "./desk/uploads.js";

sendFiles();
