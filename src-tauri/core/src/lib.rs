//! The pure half of Xiaxiangzhi: no file, no clock, no random number, no database.

#![deny(missing_docs)]

pub mod calendar;
