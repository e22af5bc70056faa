/** What the words of the field mean, each in one or two sentences. */
export const terms = {
  count:
    "The number of strong references to an object. CPython frees the object at the instant at which it falls to 0.",
  weak: "A reference that does not add to the count and keeps nothing alive. When its target dies it gives None.",
  strong:
    "An ordinary reference: a name, an attribute, an item of a list. Each adds 1 to the count.",
  borrowed:
    "A use of an object that CPython 3.14 does not count, because a reference further out is sure to outlive it: mostly an argument of a function.",
  retained:
    "Memory that would be given back if the object died: its own, and that of all it alone keeps alive.",
  island:
    "Objects that hold each other although no name reaches them any more. Their counts never fall to 0; only the collector can free them.",
  collector:
    "The part of Python that looks for islands and frees them. It runs now and then, or when gc.collect() is called.",
  generation:
    "The collector sorts objects by how many of its runs they have survived, and looks at the young ones most often.",
  rank: "How far it stands from the inputs: 1 more than the highest generation among what it was made of. backward() takes the highest first.",
  root: "An object is alive as long as strong references lead to it from a root: a name of the module, a function that runs, or what C code holds.",
  view: "An array that reads the memory of another one. It has none of its own and keeps all of the other’s.",
  owner: "The array whose memory it is: the memory is given back when this one dies.",
  fall: "Deaths that follow from one: with the last reference goes an object, and with it what only it held.",
  unreachable: "Alive, with a count above 0, and yet on no way from a name.",
};
