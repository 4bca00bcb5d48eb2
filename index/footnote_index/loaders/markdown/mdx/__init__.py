"""Components and JavaScript in MDX, as Docusaurus and others write them."""
