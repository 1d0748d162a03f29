"""The long-tail classification protocol: what generated images are worth to a classifier that never guided them."""
