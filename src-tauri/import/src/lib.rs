//! Workbooks that a physician kept before: .xlsx and .csv bytes in, proposed records out.

#![deny(missing_docs)]
