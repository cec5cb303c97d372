//! Text as readers see it, and as watches compare it.

<<<<<<< HEAD
pub mod html;
=======
pub mod fold;
pub mod words;
>>>>>>> watch
