#ifndef TREE_H
#define TREE_H

/* A node of a binary tree of neurons; leaves have no children. */
struct node {
    double weight, bias;
    struct node *left, *right;
};

#endif
